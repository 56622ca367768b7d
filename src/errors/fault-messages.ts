import { CHINESE_WORDS } from './chinese-words.ts'
import type { Language } from './language.ts'
import type { Characters, GatewayRule, UpstreamRule, ValidationFault } from './validation-fault.ts'

type Template = Readonly<Record<Language, string>>

/** One sentence per rule; `{name}` is replaced by the parameter of that name. */
const TEMPLATES = {
  REQUIRED: { en: 'This value is required.', zh: '该值必填。' },
  REQUIRED_ONE_OF: { en: 'Provide at least one of: {anyOf}.', zh: '请至少提供其中之一：{anyOf}。' },
  EXACTLY_ONE: { en: 'Provide exactly one of: {of}.', zh: '请提供且仅提供其中之一：{of}。' },
  UNKNOWN_FIELD: { en: 'Unknown field.', zh: '不存在该字段。' },
  TYPE: { en: 'The value is not of type {type}.', zh: '该值不是{type}类型。' },
  ENUM: { en: 'The value must be one of: {values}.', zh: '该值必须为以下之一：{values}。' },
  ID: {
    en: 'An id has 1 to 64 characters: letters, digits, hyphens and underscores.',
    zh: 'ID由1~64位的英文字母、数字、中划线、下划线组成。',
  },
  LENGTH: {
    en: 'The length must be {min} to {max} characters; it is {actual}.',
    zh: '长度必须为{min}~{max}个字符，当前为{actual}个字符。',
  },
  CHARSET: { en: 'Only these characters are allowed: {characters}.', zh: '只允许包含：{characters}。' },
  STARTS_WITH: {
    en: 'The first character must be one of: {characters}.',
    zh: '第一个字符必须为：{characters}。',
  },
  ENDS_WITH: {
    en: 'The last character must be one of: {characters}.',
    zh: '最后一个字符必须为：{characters}。',
  },
  RANGE: { en: 'The value must be from {min} to {max}.', zh: '取值范围为{min}~{max}。' },
  LESS_THAN: {
    en: 'The value must be less than {other} ({limit}).',
    zh: '该值必须小于{other}（{limit}）。',
  },
  LIST_SIZE: {
    en: 'The list must have {min} to {max} items; it has {actual}.',
    zh: '列表必须包含{min}~{max}项，当前为{actual}项。',
  },
  UNIQUE: { en: 'Duplicate value.', zh: '列表中存在重复的值。' },
  REFERENCE: { en: 'No item of {among} has this name.', zh: '{among}中不存在该名称。' },
  HTTP_CODES: {
    en: 'Enter HTTP status codes from 100 to 599, as values (200,201), ascending ranges (200-299) or both.',
    zh: '请填写100~599之间的HTTP响应码，支持多个值（200,201）、递增范围（200-299）或两者组合。',
  },
  PLAN_OUTDATED: { en: 'The plan for this instance is now: {action}.', zh: '该实例的计划现为：{action}。' },
  CURSOR: { en: 'The value is not a cursor of this list.', zh: '该值不是此列表的游标。' },
  TOO_SMALL: { en: 'The cloud says: below the minimum.', zh: '云服务提示：小于最小值。' },
  TOO_LARGE: { en: 'The cloud says: above the maximum.', zh: '云服务提示：大于最大值。' },
  OUT_OF_RANGE: { en: 'The cloud says: outside the range.', zh: '云服务提示：超出取值范围。' },
  TOO_SHORT: { en: 'The cloud says: too short.', zh: '云服务提示：过短。' },
  TOO_LONG: { en: 'The cloud says: too long.', zh: '云服务提示：过长。' },
  INVALID_VALUE: { en: 'The cloud says: not a valid value.', zh: '云服务提示：值无效。' },
  INVALID_IP: { en: 'The cloud says: not an IP address.', zh: '云服务提示：不是有效的IP地址。' },
  INVALID_PORT: { en: 'The cloud says: not a port number.', zh: '云服务提示：不是有效的端口号。' },
  INVALID_MICROSERVICE: {
    en: 'The cloud says: the microservice does not exist or cannot be used.',
    zh: '云服务提示：微服务不存在或不可用。',
  },
  INVALID_ENGINE: {
    en: 'The cloud says: the microservice engine cannot be used.',
    zh: '云服务提示：微服务引擎不可用。',
  },
  MICROSERVICE_UNAVAILABLE: {
    en: 'The cloud says: it cannot reach the microservice at the moment.',
    zh: '云服务提示：当前无法访问该微服务。',
  },
  MICROSERVICE_BOUND: {
    en: 'The cloud says: the VPC channel is already bound to a microservice.',
    zh: '云服务提示：VPC通道已绑定微服务。',
  },
  CHANNEL_NAME_TAKEN: {
    en: 'The cloud says: a VPC channel of this name exists on the instance.',
    zh: '云服务提示：该实例中已存在同名的VPC通道。',
  },
  CHANNEL_QUOTA: {
    en: 'The cloud says: the quota of VPC channels of this instance is used up.',
    zh: '云服务提示：该实例的VPC通道数量已达上限。',
  },
  CHANNEL_TYPE: {
    en: 'The cloud says: this type of VPC channel does not support the operation.',
    zh: '云服务提示：该类型的VPC通道不支持此操作。',
  },
  LOAD_BALANCER_IN_USE: {
    en: 'The cloud says: another VPC channel uses the load balancer.',
    zh: '云服务提示：该负载均衡器已被其他VPC通道使用。',
  },
  MEMBER_QUOTA: {
    en: 'The cloud says: the VPC channel cannot have that many backend servers.',
    zh: '云服务提示：VPC通道的后端服务器数量已达上限。',
  },
  MEMBER_NOT_FOUND: {
    en: 'The cloud says: a backend server does not exist.',
    zh: '云服务提示：后端服务器不存在。',
  },
  ECS_NOT_FOUND: {
    en: 'The cloud says: no cloud server has this id.',
    zh: '云服务提示：弹性云服务器不存在。',
  },
  INSTANCE_NOT_FOUND: {
    en: 'The cloud says: the instance does not exist.',
    zh: '云服务提示：实例不存在。',
  },
  FEATURE_UNSUPPORTED: {
    en: 'The cloud says: the instance does not support this feature.',
    zh: '云服务提示：实例不支持此特性。',
  },
  NAME_MODIFIABLE: {
    en: 'The cloud says: the instance allows VPC channels to be renamed (vpc_name_modifiable is on), so it does not support changes in batches by name.',
    zh: '云服务提示：该实例允许修改VPC通道名称（vpc_name_modifiable已开启），不支持按名称批量修改。',
  },
  FORBIDDEN: { en: 'The cloud says: permission denied.', zh: '云服务提示：没有权限。' },
} as const satisfies Record<GatewayRule | UpstreamRule, Template>

/** For a rule that the gateway has too, when the cloud reports it: it says neither numbers nor characters. */
const TEMPLATES_BY_CLOUD: Partial<Record<GatewayRule | UpstreamRule, Template>> = {
  LENGTH: { en: 'The cloud says: wrong length.', zh: '云服务提示：长度不符合要求。' },
  CHARSET: { en: 'The cloud says: characters that are not allowed.', zh: '云服务提示：包含不允许的字符。' },
}

const CHARACTERS: Readonly<Record<Characters, Template>> = {
  LETTERS: { en: 'letters', zh: '英文字母' },
  CHINESE: { en: 'Chinese characters', zh: '中文' },
  DIGITS: { en: 'digits', zh: '数字' },
  HYPHEN: { en: 'hyphen (-)', zh: '中划线（-）' },
  UNDERSCORE: { en: 'underscore (_)', zh: '下划线（_）' },
  PERIOD: { en: 'period (.)', zh: '点号（.）' },
}

/** A fault in words, rendered from its rule and parameters alone. */
export function faultMessage(
  fault: Pick<ValidationFault, 'rule' | 'params' | 'source'>,
  language: Language,
): string {
  const byCloud = fault.source === 'UPSTREAM' ? TEMPLATES_BY_CLOUD[fault.rule] : undefined
  const template = byCloud ?? TEMPLATES[fault.rule]
  return template[language].replaceAll(/\{(\w+)\}/g, (_, name: string) => shown(fault.params[name], language))
}

/** The parameter in words; a list within a list is what belongs together. */
function shown(value: unknown, language: Language, separator = language === 'zh' ? '、' : ', '): string {
  if (Array.isArray(value)) return value.map((item) => shown(item, language, ' + ')).join(separator)
  if (isCharacters(value)) return CHARACTERS[value][language]
  return (language === 'zh' ? CHINESE_WORDS.get(value) : undefined) ?? String(value)
}

const isCharacters = (value: unknown): value is Characters =>
  typeof value === 'string' && Object.hasOwn(CHARACTERS, value)
