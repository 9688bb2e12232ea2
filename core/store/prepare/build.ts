/** Builds the prepared database: `tsx core/store/prepare/build.ts out/prepared/database.tar.gz`. */
import { prepare } from './prepare.ts'

const file = process.argv[2] ?? 'out/prepared/database.tar.gz'
const began = performance.now()
const made = await prepare(file)
const seconds = ((performance.now() - began) / 1000).toFixed(1)
console.log(made ? `prepared database made in ${seconds} s` : 'prepared database is up to date')
