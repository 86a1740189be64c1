-- Each request comes from another address, as behind a trusted proxy: a limit that holds for one
-- visitor must not answer for all.
math.randomseed(os.time())
request = function()
  wrk.headers["X-Forwarded-For"] = string.format("10.%d.%d.%d",
    math.random(0, 255), math.random(0, 255), math.random(1, 254))
  return wrk.format()
end
