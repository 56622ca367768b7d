import type { Language } from './language.ts'

type Words = Readonly<Record<Language, string>>

/**
 * The closed list of `extensions.code`, which clients branch on, each with its message. GraphQL's own codes
 * (`GRAPHQL_PARSE_FAILED`, `GRAPHQL_VALIDATION_FAILED`, …) are for documents that it does not execute.
 */
export const MESSAGES_BY_CODE = {
  BAD_USER_INPUT: { en: 'The input is not valid.', zh: '输入参数无效。' },
  UNAUTHENTICATED: { en: 'Authentication failed.', zh: '身份认证失败。' },
  FORBIDDEN: { en: 'Permission denied.', zh: '没有执行此操作的权限。' },
  NOT_FOUND: { en: 'The resource does not exist.', zh: '资源不存在。' },
  CONFLICT: { en: 'The request conflicts with the current state.', zh: '请求与当前状态冲突。' },
  QUOTA_EXCEEDED: { en: 'A quota is exceeded.', zh: '配额已用尽。' },
  FAILED_PRECONDITION: {
    en: 'The current state does not allow this operation.',
    zh: '当前状态不允许执行此操作。',
  },
  RATE_LIMITED: {
    en: 'The cloud is throttling requests; try again later.',
    zh: '云服务正在限流，请稍后重试。',
  },
  UPSTREAM_ERROR: { en: 'The cloud reported an internal error.', zh: '云服务报告内部错误。' },
  UPSTREAM_TIMEOUT: { en: 'The cloud did not respond in time.', zh: '云服务未在规定时间内响应。' },
  UPSTREAM_UNAVAILABLE: { en: 'The cloud is not available.', zh: '云服务不可用。' },
  UPSTREAM_BAD_RESPONSE: {
    en: "The gateway does not understand the cloud's response.",
    zh: '网关无法识别云服务的响应。',
  },
  OVERLOADED: { en: 'The gateway is overloaded; try again later.', zh: '网关过载，请稍后重试。' },
  INTERNAL_SERVER_ERROR: { en: 'The gateway failed with an internal error.', zh: '网关内部错误。' },
} as const satisfies Readonly<Record<string, Words>>

/** The closed list of `extensions.reason`: the finer reason behind a code, where there is one, each with its message. */
export const MESSAGES_BY_REASON = {
  // input that the cloud refuses: also the `rule` of the validation entry that names the field
  REQUIRED: { en: 'A mandatory value is missing.', zh: '缺少必填值。' },
  TOO_SMALL: { en: 'A value is below its minimum.', zh: '值小于最小值。' },
  TOO_LARGE: { en: 'A value is above its maximum.', zh: '值大于最大值。' },
  OUT_OF_RANGE: { en: 'A value is outside its range.', zh: '值超出取值范围。' },
  TOO_SHORT: { en: 'A text is too short.', zh: '文本过短。' },
  TOO_LONG: { en: 'A text is too long.', zh: '文本过长。' },
  LENGTH: { en: 'The length of a text is not valid.', zh: '文本长度不符合要求。' },
  CHARSET: { en: 'A text contains characters that are not allowed.', zh: '文本包含不允许的字符。' },
  INVALID_VALUE: { en: 'A value is not valid.', zh: '值无效。' },
  INVALID_IP: { en: 'A value is not an IP address.', zh: '值不是有效的IP地址。' },
  INVALID_PORT: { en: 'A value is not a port number.', zh: '值不是有效的端口号。' },
  INVALID_MICROSERVICE: {
    en: 'The microservice does not exist or cannot be used.',
    zh: '微服务不存在或不可用。',
  },
  INVALID_ENGINE: { en: 'The microservice engine cannot be used.', zh: '微服务引擎不可用。' },
  // state of the cloud
  MICROSERVICE_UNAVAILABLE: {
    en: 'The cloud cannot reach the microservice at the moment.',
    zh: '云服务当前无法访问该微服务。',
  },
  CHANNEL_NAME_TAKEN: {
    en: 'A VPC channel of this name exists on the instance.',
    zh: '该实例中已存在同名的VPC通道。',
  },
  MICROSERVICE_BOUND: {
    en: 'The VPC channel is already bound to a microservice.',
    zh: 'VPC通道已绑定微服务。',
  },
  CHANNEL_IN_USE: { en: 'The VPC channel is in use.', zh: 'VPC通道正在被使用。' },
  LOAD_BALANCER_IN_USE: {
    en: 'Another VPC channel uses the load balancer.',
    zh: '该负载均衡器已被其他VPC通道使用。',
  },
  CHANNEL_QUOTA: { en: 'The quota of VPC channels is used up.', zh: 'VPC通道数量已达上限。' },
  MEMBER_QUOTA: {
    en: 'The VPC channel has the maximum number of backend servers.',
    zh: 'VPC通道的后端服务器数量已达上限。',
  },
  CHANNEL_TYPE: {
    en: 'This type of VPC channel does not support the operation.',
    zh: '该类型的VPC通道不支持此操作。',
  },
  CHANNEL_NOT_FOUND: { en: 'The VPC channel does not exist.', zh: 'VPC通道不存在。' },
  MEMBER_NOT_FOUND: { en: 'The backend server does not exist.', zh: '后端服务器不存在。' },
  INSTANCE_NOT_FOUND: { en: 'The instance does not exist.', zh: '实例不存在。' },
  ECS_NOT_FOUND: { en: 'The cloud server does not exist.', zh: '弹性云服务器不存在。' },
  BUSY: { en: 'The instance is busy; try again later.', zh: '实例正忙，请稍后重试。' },
  NAME_MODIFIABLE: {
    en: 'The instance allows VPC channels to be renamed (vpc_name_modifiable is on), so it does not support changes in batches by name.',
    zh: '该实例允许修改VPC通道名称（vpc_name_modifiable已开启），不支持按名称批量修改。',
  },
  ALREADY_DONE: { en: 'The operation was already performed.', zh: '该操作此前已执行。' },
  PLAN_OUTDATED: {
    en: 'The VPC channels have changed since the plan was made.',
    zh: '自生成计划以来，VPC通道已发生变化。',
  },
  NOT_ATTEMPTED: {
    en: 'The operation timed out before the gateway sent a request for this instance.',
    zh: '操作超时，网关尚未发送该实例的请求。',
  },
  FEATURE_UNSUPPORTED: { en: 'The instance does not support this feature.', zh: '实例不支持此特性。' },
  SYNC_FAILED: {
    en: 'Synchronisation inside the cloud failed; the write may have happened.',
    zh: '云服务内部同步失败，写操作可能已经生效。',
  },
  // the caller, or its account
  TOKEN_MISSING: {
    en: 'The request has no token; send X-Auth-Token.',
    zh: '未携带Token，请在请求头中携带X-Auth-Token。',
  },
  TOKEN_EXPIRED: { en: 'The token has expired.', zh: 'Token已过期。' },
  TOKEN_INVALID: { en: 'The token is not valid.', zh: 'Token无效。' },
  TOKEN_WITHOUT_PROJECT: { en: 'The token is not scoped to a project.', zh: 'Token中没有项目信息。' },
  CALLER_UNKNOWN: {
    en: 'The gateway does not know this caller; send X-Auth-Token, or an API key or bearer token that it accepts.',
    zh: '网关无法识别调用者，请携带X-Auth-Token，或网关接受的API Key或Bearer Token。',
  },
  CALLER_CHECK_UNAVAILABLE: {
    en: 'The gateway cannot authenticate callers at the moment.',
    zh: '网关暂时无法认证调用者。',
  },
  GATEWAY_CREDENTIALS: {
    en: 'The cloud does not accept the credentials of the gateway.',
    zh: '云服务不接受网关的凭证。',
  },
  ACCOUNT_NOT_VERIFIED: {
    en: 'The account has not completed real-name authentication.',
    zh: '账号未完成实名认证。',
  },
  ACCOUNT_BALANCE: { en: "The account's balance is insufficient.", zh: '账号余额不足。' },
  ACCOUNT_FROZEN: { en: 'The account is frozen.', zh: '账号已被冻结。' },
  ACCOUNT_LOCKED: { en: 'The account is locked.', zh: '账号已被锁定。' },
  READ_ONLY: { en: 'The account has read-only permission.', zh: '账号仅有只读权限。' },
  // the connection to the cloud, and its responses
  ENDPOINT_NOT_SET: {
    en: 'The gateway has no endpoint for this product.',
    zh: '网关未配置该产品的终端节点。',
  },
  API_NOT_PUBLISHED: {
    en: 'The cloud has no such API at this endpoint. Check the endpoint and the region.',
    zh: '该终端节点没有此API，请检查终端节点和区域。',
  },
  UPSTREAM_FAILING: {
    en: 'The cloud is failing, so the gateway pauses its calls; try again later.',
    zh: '云服务出现故障，网关已暂停调用，请稍后重试。',
  },
  NOT_CONNECTED: { en: 'The gateway cannot connect to the cloud.', zh: '网关无法连接云服务。' },
  CONNECTION_LOST: {
    en: 'The connection to the cloud broke before the response was complete.',
    zh: '云服务的响应尚未完成，连接已中断。',
  },
  REDIRECTED: {
    en: "The cloud's endpoint responded with a redirect, which the gateway does not follow; check the configured endpoint.",
    zh: '云服务终端节点返回了重定向，网关不会跟随重定向，请检查终端节点的配置。',
  },
  UNREADABLE_ANSWER: {
    en: "The gateway cannot read the cloud's response.",
    zh: '网关无法读取云服务的响应。',
  },
  ANSWER_TOO_LONG: {
    en: "The cloud's response is larger than the gateway accepts.",
    zh: '云服务的响应过长，超出网关的上限。',
  },
  INSTANCE_MISSING_FROM_ANSWER: {
    en: "The cloud's response has no result for this instance.",
    zh: '云服务的响应中没有该实例的结果。',
  },
} as const satisfies Readonly<Record<string, Words>>

/** An error's message: that of its reason, else that of its code. */
export const errorMessage = (
  code: keyof typeof MESSAGES_BY_CODE,
  reason: keyof typeof MESSAGES_BY_REASON | undefined,
  language: Language,
): string => (reason === undefined ? MESSAGES_BY_CODE[code] : MESSAGES_BY_REASON[reason])[language]
