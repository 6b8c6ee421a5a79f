namespace EdgeHost.Runtime.Models;

/// <summary>The leases that are held, in the order they were taken. Linked through the leases themselves: no allocation a lease. Guarded by the pool's lock.</summary>
internal sealed class LeaseList
{
    private const int MostDescribed = 64;

    private ModelLease? _oldest;
    private ModelLease? _newest;

    public int Count { get; private set; }

    public void Add(ModelLease lease)
    {
        lease.Older = _newest;
        if (_newest is null) _oldest = lease;
        else _newest.Newer = lease;
        _newest = lease;
        Count++;
    }

    public void Remove(ModelLease lease)
    {
        if (lease.Older is { } older) older.Newer = lease.Newer;
        else _oldest = lease.Newer;
        if (lease.Newer is { } newer) newer.Older = lease.Older;
        else _newest = lease.Older;
        lease.Older = null;
        lease.Newer = null;
        Count--;
    }

    /// <summary>The oldest first.</summary>
    public IEnumerable<ModelLease> All()
    {
        for (var lease = _oldest; lease is not null; lease = lease.Newer)
        {
            yield return lease;
        }
    }

    public IReadOnlyList<HeldLease> Describe(TimeProvider time) =>
    [
        .. All().Take(MostDescribed).Select(lease => new HeldLease(
            lease.Scope.PluginId, lease.Scope.App.Name, lease.Entry.Name, lease.Entry.Device.Id, time.GetElapsedTime(lease.Started))),
    ];
}
