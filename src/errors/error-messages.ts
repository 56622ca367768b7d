import type { ErrorCode, ErrorReason } from './error-code.ts'
import type { Language } from './language.ts'

type Words = Readonly<Record<Language, string>>

export const MESSAGES_BY_CODE = {
  BAD_USER_INPUT: { en: 'The input breaks a rule.', zh: '输入不符合规则。' },
  UNAUTHENTICATED: { en: 'Authentication failed.', zh: '身份认证失败。' },
  FORBIDDEN: { en: 'The caller may not do this.', zh: '调用者没有执行此操作的权限。' },
  NOT_FOUND: { en: 'The resource does not exist.', zh: '资源不存在。' },
  CONFLICT: { en: 'The request conflicts with the current state.', zh: '请求与当前状态冲突。' },
  QUOTA_EXCEEDED: { en: 'A quota is used up.', zh: '配额已用尽。' },
  FAILED_PRECONDITION: {
    en: 'The current state does not allow this operation.',
    zh: '当前状态不允许执行此操作。',
  },
  RATE_LIMITED: {
    en: 'The cloud is throttling requests; try again later.',
    zh: '云服务正在限流，请稍后重试。',
  },
  UPSTREAM_ERROR: { en: 'The cloud reported an internal error.', zh: '云服务报告内部错误。' },
  UPSTREAM_TIMEOUT: { en: 'The cloud did not answer in time.', zh: '云服务未在规定时间内响应。' },
  UPSTREAM_UNAVAILABLE: { en: 'The cloud is not available.', zh: '云服务不可用。' },
  UPSTREAM_BAD_RESPONSE: { en: "The cloud's answer could not be understood.", zh: '无法理解云服务的响应。' },
  OVERLOADED: { en: 'The gateway is overloaded; try again later.', zh: '网关过载，请稍后重试。' },
  INTERNAL_SERVER_ERROR: { en: 'Internal error in the gateway.', zh: '网关内部错误。' },
} as const satisfies Record<ErrorCode, Words>

export const MESSAGES_BY_REASON = {
  REQUIRED: { en: 'A mandatory value is missing.', zh: '缺少必填值。' },
  TOO_SMALL: { en: 'A value is below its minimum.', zh: '值小于最小值。' },
  TOO_LARGE: { en: 'A value is above its maximum.', zh: '值大于最大值。' },
  OUT_OF_RANGE: { en: 'A value is outside its range.', zh: '值超出取值范围。' },
  TOO_SHORT: { en: 'A text is too short.', zh: '文本过短。' },
  TOO_LONG: { en: 'A text is too long.', zh: '文本过长。' },
  LENGTH: { en: 'A text has the wrong length.', zh: '文本长度不符合要求。' },
  CHARSET: { en: 'A text has characters that are not allowed.', zh: '文本包含不允许的字符。' },
  INVALID_VALUE: { en: 'A value breaks its rule.', zh: '值不符合规则。' },
  INVALID_IP: { en: 'A value is not an IP address.', zh: '值不是有效的IP地址。' },
  INVALID_PORT: { en: 'A value is not a port number.', zh: '值不是有效的端口号。' },
  INVALID_MICROSERVICE: {
    en: 'The microservice does not exist or cannot be used.',
    zh: '微服务不存在或不可用。',
  },
  INVALID_ENGINE: { en: 'The microservice engine cannot be used.', zh: '微服务引擎不可用。' },
  MICROSERVICE_UNAVAILABLE: { en: 'The microservice cannot be reached now.', zh: '当前无法访问微服务。' },
  CHANNEL_NAME_TAKEN: {
    en: 'A VPC channel of this name exists on the instance.',
    zh: '该实例中已存在同名的VPC通道。',
  },
  MICROSERVICE_BOUND: { en: 'The channel is already bound to a microservice.', zh: 'VPC通道已绑定微服务。' },
  CHANNEL_IN_USE: { en: 'The VPC channel is in use.', zh: 'VPC通道正在被使用。' },
  LOAD_BALANCER_IN_USE: {
    en: 'Another channel uses the load balancer.',
    zh: '该负载均衡器已被其他通道使用。',
  },
  CHANNEL_QUOTA: { en: 'No more VPC channels are allowed.', zh: 'VPC通道数量已达上限。' },
  MEMBER_QUOTA: {
    en: 'No more backend servers are allowed in the channel.',
    zh: 'VPC通道的后端服务器数量已达上限。',
  },
  CHANNEL_TYPE: {
    en: 'The operation does not fit this type of VPC channel.',
    zh: '该类型的VPC通道不支持此操作。',
  },
  CHANNEL_NOT_FOUND: { en: 'The VPC channel does not exist.', zh: 'VPC通道不存在。' },
  MEMBER_NOT_FOUND: { en: 'The backend server does not exist.', zh: '后端服务器不存在。' },
  INSTANCE_NOT_FOUND: { en: 'The instance does not exist.', zh: '实例不存在。' },
  ECS_NOT_FOUND: { en: 'The cloud server does not exist.', zh: '弹性云服务器不存在。' },
  BUSY: { en: 'The instance is busy; try again later.', zh: '实例正忙，请稍后重试。' },
  NAME_MODIFIABLE: {
    en: 'The instance lets channels be renamed (vpc_name_modifiable is on), so it takes no batches by name.',
    zh: '该实例允许修改VPC通道名称（vpc_name_modifiable已开启），不支持按名称批量修改。',
  },
  ALREADY_DONE: { en: 'The operation was performed before.', zh: '该操作此前已执行。' },
  PLAN_OUTDATED: {
    en: 'What is there has changed since the plan was made.',
    zh: '自生成计划以来，现状已发生变化。',
  },
  NOT_ATTEMPTED: {
    en: 'Time ran out before anything was sent for this instance.',
    zh: '在发送该实例的请求之前已超时。',
  },
  FEATURE_UNSUPPORTED: { en: 'The instance does not support this feature.', zh: '实例不支持此特性。' },
  SYNC_FAILED: {
    en: 'Synchronisation inside the cloud failed; the write may have happened.',
    zh: '云服务内部同步失败，写操作可能已经生效。',
  },
  TOKEN_MISSING: {
    en: 'No token was sent; send X-Auth-Token.',
    zh: '未携带Token，请在请求头中携带X-Auth-Token。',
  },
  TOKEN_EXPIRED: { en: 'The token has expired.', zh: 'Token已过期。' },
  TOKEN_INVALID: { en: 'The token is not valid.', zh: 'Token无效。' },
  TOKEN_WITHOUT_PROJECT: { en: 'The token carries no project.', zh: 'Token中没有项目信息。' },
  CALLER_UNKNOWN: {
    en: 'The gateway does not know this caller; send X-Auth-Token, or an API key or bearer token that it accepts.',
    zh: '网关无法识别调用者，请携带X-Auth-Token，或网关接受的API Key或Bearer Token。',
  },
  CALLER_CHECK_UNAVAILABLE: {
    en: 'The gateway cannot check its callers at the moment.',
    zh: '网关暂时无法校验调用者。',
  },
  GATEWAY_CREDENTIALS: {
    en: "The cloud does not accept the gateway's own credentials.",
    zh: '云服务不接受网关自身的凭证。',
  },
  ACCOUNT_NOT_VERIFIED: {
    en: 'The account must finish real-name verification.',
    zh: '账号需要完成实名认证。',
  },
  ACCOUNT_BALANCE: { en: "The account's balance is insufficient.", zh: '账号余额不足。' },
  ACCOUNT_FROZEN: { en: 'The account is frozen.', zh: '账号已被冻结。' },
  ACCOUNT_LOCKED: { en: 'The account is locked.', zh: '账号已被锁定。' },
  READ_ONLY: { en: 'The account may only read.', zh: '账号仅有只读权限。' },
  ENDPOINT_NOT_SET: {
    en: 'The gateway has no endpoint set for this product.',
    zh: '网关未配置该产品的终端节点。',
  },
  API_NOT_PUBLISHED: {
    en: 'The cloud has no such API at this endpoint. Check the endpoint and the region.',
    zh: '该终端节点没有此API，请检查终端节点和区域。',
  },
  NOT_CONNECTED: { en: 'The cloud cannot be reached.', zh: '无法连接云服务。' },
  CONNECTION_LOST: {
    en: 'The connection to the cloud broke before it answered.',
    zh: '云服务响应前连接中断。',
  },
  REDIRECTED: {
    en: "The cloud's endpoint answered with a redirect, which the gateway does not follow; check the configured endpoint.",
    zh: '云服务终端节点返回了重定向，网关不会跟随重定向，请检查终端节点的配置。',
  },
  UNREADABLE_ANSWER: { en: "The cloud's answer could not be read.", zh: '无法读取云服务的响应。' },
  ANSWER_TOO_LONG: {
    en: "The cloud's answer is longer than the gateway reads.",
    zh: '云服务的响应过长，超出网关可读取的上限。',
  },
  INSTANCE_MISSING_FROM_ANSWER: {
    en: "The cloud's answer says nothing of this instance.",
    zh: '云服务的响应中没有该实例的结果。',
  },
} as const satisfies Record<ErrorReason, Words>

/** An error's message: its reason in words, else its code's. */
export const errorMessage = (code: ErrorCode, reason: ErrorReason | undefined, language: Language): string =>
  (reason === undefined ? MESSAGES_BY_CODE[code] : MESSAGES_BY_REASON[reason])[language]
