namespace EdgeHost.PluginHost;

/// <summary>What a plugin can do now. Each state comes with a reason where it is not the plain good one.</summary>
public enum PluginState
{
    /// <summary>Found and checked; starts at its first call.</summary>
    Ready,

    /// <summary>Being loaded and started.</summary>
    Starting,

    /// <summary>Serves calls.</summary>
    Active,

    /// <summary>Takes no new calls and waits for the last one.</summary>
    Draining,

    /// <summary>Switched off by the configuration.</summary>
    Disabled,

    /// <summary>In order, but not for this host: another contract version, isolation or permission.</summary>
    NotSupported,

    /// <summary>Cannot be used: its files, its manifest or its start failed.</summary>
    Broken,

    /// <summary>Unloaded: its folder was removed or the host stops.</summary>
    Stopped,
}
