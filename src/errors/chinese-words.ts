/**
 * What the vendor's Chinese pages call the fields that messages quote (APIG page, Tables 3, 7 and 10), by their GraphQL names,
 * and Chinese words for the actions of a plan. An object without a field of that name on the pages keeps its GraphQL name in parentheses.
 */
export const CHINESE_WORDS: ReadonlyMap<unknown, string> = new Map([
  ['memberGroups', '后端服务器组'],
  ['intervalSeconds', '间隔时间'],
  ['cse', 'CSE微服务（cse）'],
  ['cce', 'CCE微服务（cce）'],
  ['appName', 'APP名称'],
  ['labelKey', '标签名称'],
  ['labelValue', '标签值'],
  ['WOULD_CREATE', '将创建'],
  ['WOULD_UPDATE', '将修改'],
  ['UNCHANGED', '无变化'],
  ['WOULD_FAIL', '将失败'],
])
