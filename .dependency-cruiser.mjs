/**
 * Layers: who may import whom, as one table (docs and the design give the reasons). A wrong import fails
 * `npm run check`. Types and values count alike: a type from a layer above is a thought from there.
 */

/** What stands in core's root: the boundary, the ports, the door. */
const contract = '^core/contract\\.ts$'
const ports = '^core/ports\\.ts$'
const door = '^core/core\\.ts$'
/** What a start begins with, before the core is read. */
const thread = '^core/store/pglite-thread\\.ts$'
/** Of whoever keeps a shared server: it never opens a desk. */
const administrator = '^core/administrator\\.ts$'
const schemas = [
  '^core/commands/calls\\.ts$',
  '^core/commands/material-calls\\.ts$',
  '^core/queries/rows\\.ts$',
  '^core/queries/[a-z]+-rows\\.ts$',
]
const npm = (...names) => names.map((name) => `^node_modules/${name}(/|$)`)
/** These touch files, threads and contexts of their own; the others stay free of Node, too. */
const mayUseNode = new Set(['store', 'scheduler', 'sync', 'press', 'desk'])

/** Folder → everything it may import besides itself. */
const table = {
  domain: npm('luxon', '@types/luxon'),
  store: ['^core/domain/', ports, ...npm('kysely', 'pg', '@types/pg', '@electric-sql/pglite')],
  publish: ['^core/domain/', ...npm('luxon', '@types/luxon', 'ical-generator')],
  // Runs publishing: rows from the store, files by the pure part, onto the disk.
  press: ['^core/(domain|store|publish|holidays|sync)/', contract, ports, ...npm('zod')],
  holidays: ['^core/domain/', ...npm('date-holidays')],
  scheduler: ['^core/domain/', '^core/store/', ports],
  // What a command would do: the preview asks the same.
  plans: ['^core/domain/', '^core/store/'],
  commands: ['^core/(domain|scheduler|operations|store|plans)/', ...npm('zod')],
  // The list of commands says whether something in the history can be undone.
  queries: [
    '^core/domain/',
    '^core/scheduler/',
    '^core/operations/',
    '^core/store/',
    '^core/plans/',
    '^core/commands/(calls|index)\\.ts$',
    '^core/holidays/',
    ...npm('zod'),
  ],
  sync: ['^core/domain/', '^core/store/', '^core/commands/', contract, ports, ...npm('zod')],
  // What a desk is, alone or joined: it brings the others together for the door.
  desk: ['^core/(domain|store|commands|queries|plans|sync)/', contract, ports, ...npm('zod')],
  sample: ['^core/domain/', '^core/commands/'],
  operations: ['^core/domain/', '^core/store/', ports],
}

const layers = Object.entries(table).map(([folder, allowed]) => ({
  name: `core-${folder}`,
  severity: 'error',
  from: { path: `^core/${folder}/` },
  to: {
    pathNot: [`^core/${folder}/`, ...allowed],
    ...(mayUseNode.has(folder) ? { dependencyTypesNot: ['core'] } : {}),
  },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...layers,
    {
      name: 'core-contract',
      comment: 'The boundary knows schemas and types, nothing that runs.',
      severity: 'error',
      from: { path: contract },
      to: { pathNot: ['^core/domain/', ...schemas, ...npm('zod')] },
    },
    {
      name: 'core-ports',
      severity: 'error',
      from: { path: ports },
      to: { path: '.' },
    },
    {
      name: 'core-is-a-library',
      comment: 'The core runs without Electron, React and DOM.',
      severity: 'error',
      from: { path: '^core/' },
      to: { path: ['^(electron|renderer|tests)/', ...npm('electron', 'react', 'react-dom')] },
    },
    {
      name: 'electron',
      comment: 'The shell knows the core by its doors and its contract, and by nothing else.',
      severity: 'error',
      from: { path: '^electron/' },
      to: {
        path: ['^core/', '^renderer/', '^tests/'],
        pathNot: [door, administrator, thread, contract, ports],
      },
    },
    {
      name: 'renderer',
      comment: 'A screen may think with the pure domain; all else it asks for.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: {
        path: [
          '^(core|electron|tests)/',
          ...npm('electron', 'kysely', 'pg', '@electric-sql/pglite'),
        ],
        pathNot: ['^core/domain/', contract, ...schemas],
      },
    },
    {
      name: 'renderer-is-a-page',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { path: '^(core|electron|renderer)/', pathNot: '^electron/start/' },
      to: { path: '^tests/' },
    },
    {
      name: 'no-circles',
      comment:
        "libres' own classes know each other: an allocation its reservations, and the other way round.",
      severity: 'error',
      from: { pathNot: '^core/scheduler/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'nothing-missing',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'nothing-unlisted',
      comment: 'What ships must be listed as a dependency, not merely be installed.',
      severity: 'error',
      from: { path: '^(core|electron|renderer)/', pathNot: '^electron/start/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '[.](css|json|svg|png|woff2)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.d.ts'],
    },
  },
}
