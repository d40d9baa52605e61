// Reads a conversation (.chat) into steps. The format is that of `linli replay`; see the README.
import { readFileSync } from 'node:fs';

const units = { s: 1, m: 60, h: 3600, d: 86400 };

function stepOf(text, where) {
  const later = text.match(/^\+(\d+)([smhd])$/);
  if (later) return { do: 'later', seconds: Number(later[1]) * units[later[2]], where };
  if (/^(use|level|at) /.test(text)) return null;  // the demo runs on the sample community, in an emergency
  const spoken = text.match(/^(\S+) ([<>]) (.*)$/);
  if (!spoken) throw new Error(`${where}: cannot read '${text}'`);
  const [, name, direction, rest] = spoken;
  if (direction === '>') return { do: 'say', name, text: rest, where };
  return rest === 'nothing' ? { do: 'hears nothing', name, where } : { do: 'hears', name, glob: rest, where };
}

/** {at: when it begins, steps}: every line that something is done or expected in. */
export function readTranscript(file) {
  const steps = [];
  let at;
  readFileSync(file, 'utf8').split('\n').forEach((line, index) => {
    const text = line.trim();
    at ??= text.match(/^at (\d{4}-\d{2}-\d{2} \d{2}:\d{2})$/)?.[1];
    if (text === '' || text.startsWith('#')) return;
    const step = stepOf(text, `${file}:${index + 1}`);
    if (step) steps.push(step);
  });
  return { at, steps };
}

/** `*` stands for any text, over lines too; everything else for itself. */
export function matches(glob, text) {
  const literal = (part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${glob.split('*').map(literal).join('[\\s\\S]*')}$`).test(text.trim());
}
