/** What GraphiQL's own style lacks: tabs that hold still, and a layout for windows narrower than 800 px. */
export const PAGE_STYLE = `
/* GraphiQL animates its first tabs to wrong places: the first click on each would miss it. */
.graphiql-tab { transform: none !important }
.graphiql-logo { white-space: nowrap }
@media (max-width: 800px) {
  #graphiql-session { flex-direction: column }
  #graphiql-session > .graphiql-horizontal-drag-bar { display: none }
  .graphiql-editors, .graphiql-response { flex: 1 1 0% !important; min-height: 0 }
  /* An open plugin, the docs or the history, has the whole width. */
  .graphiql-plugin:not([style*='opacity: 0']) { flex: 1 1 0% !important }
  .graphiql-plugin:not([style*='opacity: 0']) ~ .graphiql-sessions { display: none }
  .graphiql-logo > div > div { display: none !important }
  .graphiql-logo span { font-size: 11px; line-height: 12px; white-space: normal; width: 7.5em }
  .graphiql-container .graphiql-sidebar { width: 44px; padding: 8px 2px }
  .graphiql-container .graphiql-sessions { margin: 8px 4px 8px 0 }
  .graphiql-query-editor { padding: 8px 4px 4px }
  .graphiql-toolbar { width: 36px; margin-left: 4px }
  .graphiql-toolbar .graphiql-execute-button { width: 36px; height: 36px }
}`
