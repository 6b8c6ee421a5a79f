namespace EdgeHost.Runtime.Scheduling;

/// <summary>
/// Who used the devices, for people to look at; the queues keep accounts of their own. Bounded: the app that was idle longest is forgotten first. Thread-safe.
/// </summary>
internal sealed class AppShares(TimeProvider time, WeightTable weights)
{
    private const int AppLimit = 256;

    /// <summary>"Lately" is an average that forgets two thirds in this time.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Use> _apps = new(StringComparer.Ordinal);

    public void Ran(string app, TimeSpan deviceTime)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            var use = Find(app, now);
            use.Recent = use.RecentAt(time.GetElapsedTime(use.Last, now)) + deviceTime.TotalSeconds;
            use.Last = now;
            use.DeviceTime += deviceTime;
            use.Steps++;
        }
    }

    public void Refused(string app)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            Find(app, now).Refused++;
        }
    }

    /// <summary>All known apps by name, with what waits of each.</summary>
    public IReadOnlyList<AppShareSnapshot> Snapshot(IReadOnlyDictionary<string, int> waiting)
    {
        var now = time.GetTimestamp();
        var snapshot = new List<AppShareSnapshot>();
        lock (_gate)
        {
            var sum = 0d;
            foreach (var use in _apps.Values)
            {
                sum += use.RecentAt(time.GetElapsedTime(use.Last, now));
            }

            foreach (var (app, use) in _apps)
            {
                snapshot.Add(new AppShareSnapshot(
                    app,
                    weights.Of(app),
                    use.DeviceTime,
                    sum > 0 ? use.RecentAt(time.GetElapsedTime(use.Last, now)) / sum : 0,
                    use.Steps,
                    waiting.GetValueOrDefault(app),
                    use.Refused));
            }

            foreach (var (app, count) in waiting)
            {
                if (!_apps.ContainsKey(app)) snapshot.Add(new AppShareSnapshot(app, weights.Of(app), TimeSpan.Zero, 0, 0, count, 0));
            }
        }

        snapshot.Sort(static (x, y) => string.CompareOrdinal(x.App, y.App));
        return snapshot;
    }

    private Use Find(string app, long now)
    {
        if (_apps.TryGetValue(app, out var use)) return use;
        if (_apps.Count >= AppLimit) _apps.Remove(_apps.MinBy(static pair => pair.Value.Last).Key);
        use = new Use { Last = now };
        _apps.Add(app, use);
        return use;
    }

    private sealed class Use
    {
        public TimeSpan DeviceTime { get; set; }

        /// <summary>Device time of late in seconds, fading.</summary>
        public double Recent { get; set; }

        public long Steps { get; set; }

        public long Refused { get; set; }

        public long Last { get; set; }

        public double RecentAt(TimeSpan elapsed) => Recent * Math.Exp(-elapsed / Memory);
    }
}
