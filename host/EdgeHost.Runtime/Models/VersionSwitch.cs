namespace EdgeHost.Runtime.Models;

/// <summary>Which version of an id serves leases that name none, and the one that is to take over. Guarded by the pool's lock.</summary>
internal sealed class VersionSwitch
{
    public VersionSwitch(ModelArtifact serving) => Serving = serving;

    /// <summary>The version that new leases get.</summary>
    public ModelArtifact Serving { get; set; }

    /// <summary>The version that the store names now; null where it serves already.</summary>
    public ModelArtifact? Next { get; private set; }

    /// <summary>The app whose call found it: the device is chosen on its account.</summary>
    public AppIdentity? App { get; private set; }

    /// <summary>Whether a load of it goes on in the background.</summary>
    public bool IsLoading { get; set; }

    /// <summary>Whether both do not fit, so that it is loaded when the old one is idle.</summary>
    public bool WaitsForIdle { get; set; }

    /// <summary>Failures of it in a row.</summary>
    public int Failures { get; set; }

    /// <summary>Before this it is not tried again.</summary>
    public DateTimeOffset RetryAt { get; set; }

    /// <summary>The store names another version than the one that serves.</summary>
    public void Expect(ModelArtifact next, AppIdentity app)
    {
        if (Next is not null && Next.Version == next.Version && Next.GraphSha256 == next.GraphSha256) return;
        Clear();
        Next = next;
        App = app;
    }

    public void Clear()
    {
        Next = null;
        App = null;
        WaitsForIdle = false;
        Failures = 0;
        RetryAt = default;
    }
}
