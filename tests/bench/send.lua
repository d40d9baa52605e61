-- wrk: sends the callbacks of a file, one after the other, each once.
local lines, at = {}, 0
function init(args)
  for line in io.lines(args[1]) do lines[#lines + 1] = line end
  prefix = args[2]
end
function request()
  at = at + 1
  local line = lines[(at - 1) % #lines + 1]
  local tab = line:find("\t", 1, true)
  return wrk.format("POST", prefix .. "?" .. line:sub(1, tab - 1), {["Content-Type"] = "text/xml"}, line:sub(tab + 1))
end
function done(summary, latency, requests)
  io.write(string.format("RESULT requests=%d seconds=%.3f p50=%.0f p99=%.0f errors=%d\n", summary.requests, summary.duration / 1e6,
    latency:percentile(50), latency:percentile(99), summary.errors.status + summary.errors.read + summary.errors.timeout + summary.errors.connect))
end
