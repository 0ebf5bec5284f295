-- Posts JSON for wrk. From the environment:
--   BODY     one body, or BODY_FILE, a file that holds one
--   BODIES   a file of bodies, one a line, sent in turn; each connection thread starts elsewhere
--   TOKEN    a bearer token, if the server asks for one
--   DELAY    milliseconds that a connection waits before each request, on average; for a load below the most
--   OUT      a file for the figures, as JSON; without it only wrk's own words are printed
--
--     BODIES=rows.jsonl OUT=figures.json wrk -t1 -c8 -d10s --latency -s Benchmarks/serving/post.lua URL

local function read(name)
    local file, why = io.open(name, "rb")
    if not file then
        io.stderr:write("error: ", why, "\n")
        os.exit(1)
    end
    local text = file:read("*a")
    file:close()
    return text
end

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
if os.getenv("TOKEN") then
    wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")
end

-- Between nothing and twice as long, so that connections do not ask in step; wrk counts in whole milliseconds.
local pause = tonumber(os.getenv("DELAY"))
if pause then
    function delay()
        return math.floor(2 * pause * math.random() + math.random())
    end
end

local threads = 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

local requests, turn = {}, 0

function init(arguments)
    if os.getenv("BODIES") then
        for line in read(os.getenv("BODIES")):gmatch("[^\r\n]+") do
            requests[#requests + 1] = wrk.format(nil, nil, nil, line)
        end
        turn = number * 101
    else
        local body = os.getenv("BODY") or read(os.getenv("BODY_FILE") or "")
        requests[1] = wrk.format(nil, nil, nil, body)
    end
    if #requests == 0 then
        io.stderr:write("error: ", os.getenv("BODIES"), " holds no body\n")
        os.exit(1)
    end
end

-- Made once above: a request costs a look-up, not a join of strings.
function request()
    turn = turn + 1
    return requests[(turn - 1) % #requests + 1]
end

function done(summary, latency, all)
    local errors = summary.errors
    local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
    local figures = string.format(
        '{"requests": %d, "seconds": %.6f, "requests_per_second": %.2f, "failed": %d, '
            .. '"microseconds": {"p50": %d, "p90": %d, "p99": %d, "max": %d}}\n',
        summary.requests, summary.duration / 1e6, summary.requests / summary.duration * 1e6, failed,
        latency:percentile(50), latency:percentile(90), latency:percentile(99), latency.max
    )
    if os.getenv("OUT") then
        local file = assert(io.open(os.getenv("OUT"), "w"))
        file:write(figures)
        file:close()
    else
        io.write(figures)
    end
end
