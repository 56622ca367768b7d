import type { Rule } from '../src/vpc-channel/rules/rule.ts'
import { type Edition, SOURCES } from '../src/vpc-channel/rules/rule-source.ts'
import {
  createVpcChannelRules,
  upsertProjectVpcChannelsRules,
  type VendorRule,
} from '../src/vpc-channel/rules/vendor-rules.ts'
import { table, writePart } from './generated-part.ts'

// Writes the table of rules into docs/rules.md, or with --check fails where it is not what the code says.

const words = (rule: Rule): string => {
  switch (rule.rule) {
    case 'LENGTH':
      return `${rule.min} to ${rule.max} characters`
    case 'RANGE':
      return `${rule.min} to ${rule.max}`
    case 'LIST_SIZE':
      return `${rule.min} to ${rule.max} items`
    case 'CHARSET':
    case 'STARTS_WITH':
    case 'ENDS_WITH':
      return rule.characters.join(', ').toLowerCase()
    case 'REQUIRED':
      return rule.when === undefined
        ? 'always'
        : `where \`${rule.when.path}\` is ${rule.when.is.join(' or ')}`
    case 'REQUIRED_ONE_OF':
      return rule.anyOf.map((fields) => fields.map((field) => `\`${field}\``).join(' and ')).join(', or ')
    case 'LESS_THAN':
      return `less than \`${rule.other}\``
    case 'REFERENCE':
      return `\`${rule.field}\` is one of \`${rule.among}\``
    case 'UNIQUE':
      return rule.by === undefined ? 'by value' : `by ${rule.by.toLowerCase()}`
    default:
      return 'as its format says'
  }
}

const sourceOf = ({ source, note }: VendorRule): string => {
  const { title, date } = SOURCES[source]
  return [date === '' ? title : `${title}, ${date}`, ...(note === undefined ? [] : [note])].join(': ')
}

/** A row per path and rule: what each edition says, and where. */
function rowsOf(rules: readonly VendorRule[]): string[][] {
  const groups = Map.groupBy(rules, ({ path, rule }) => `${path} ${rule}`)
  const inOrder = [...groups.values()].sort(([one], [other]) => order(one).localeCompare(order(other)))
  return inOrder.map((group) => {
    const inEdition = (edition: Edition): string =>
      group
        .filter(({ editions }) => editions.includes(edition))
        .map(words)
        .join('; ') || '–'
    const [first] = group
    return [
      `\`${first?.path}\``,
      `\`${first?.rule}\``,
      inEdition('pages'),
      inEdition('current'),
      [...new Set(group.map(sourceOf))].join('; '),
    ]
  })
}

const order = (rule: VendorRule | undefined): string => rule?.path ?? ''

const HEAD = ['field', 'rule', '`pages`', '`current`', 'source']

await writePart(
  'docs/rules.md',
  'rules',
  [
    '## createVpcChannel\n',
    table(HEAD, rowsOf(createVpcChannelRules)),
    '## upsertProjectVpcChannels and planProjectVpcChannels\n',
    table(HEAD, rowsOf(upsertProjectVpcChannelsRules)),
  ].join('\n'),
)
