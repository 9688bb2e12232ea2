/** Tries to take a lock, says `taken` or `refused`, and holds it until it is killed or its input ends. */
import { FolderLocked } from '../../core/store/failures.ts'
import { lockFile } from '../../core/store/lock.ts'

const [file] = process.argv.slice(2)
if (!file) throw new Error('a path is needed')
process.stdout.write('ready\n')
process.stdin.once('data', async () => {
  try {
    await lockFile(file)
    process.stdout.write('taken\n')
  } catch (error) {
    if (!(error instanceof FolderLocked)) throw error
    process.stdout.write('refused\n')
  }
})
process.stdin.once('end', () => process.exit())
