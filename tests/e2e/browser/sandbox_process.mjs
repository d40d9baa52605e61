// Starts `linli sandbox` on free ports with an empty folder for its data, and stops it again.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const startsWithin = 60_000;

/** `at`: local time to begin with, "2026-03-02 23:40". */
export async function startSandbox(linli, sourceDir, at) {
  const data = mkdtempSync(join(tmpdir(), 'linli-e2e-'));
  const options = ['sandbox', '--port', '0', '--phone-port', '0', '--data', data, '--at', at];
  const child = spawn(linli, options, { cwd: sourceDir });
  let output = '';
  const ended = new Promise((resolve) => { child.once('exit', (code, signal) => resolve(code ?? signal)); });
  child.stderr.on('data', (chunk) => { output += chunk; });

  const url = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`linli sandbox printed no address in time\n${output}`)), startsWithin);
    ended.then((code) => reject(new Error(`linli sandbox ended with ${code}\n${output}`)));
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const found = output.match(/phone page\s+(http:\S+)/);
      if (!found) return;
      clearTimeout(late);
      resolve(found[1]);
    });
  });

  return {
    url,
    log: () => output,
    async stop() {
      child.kill('SIGTERM');
      const code = await ended;
      rmSync(data, { recursive: true, force: true });
      if (code !== 0) throw new Error(`linli sandbox ended with ${code} when told to stop\n${output}`);
    },
  };
}
