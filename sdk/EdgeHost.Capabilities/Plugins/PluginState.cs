namespace EdgeHost.Capabilities.Plugins;

/// <summary>What a plugin is doing.</summary>
public enum PluginState
{
    /// <summary>Its manifest was read; it loads with its first call.</summary>
    Discovered = 0,

    /// <summary>Being loaded and started.</summary>
    Starting = 1,

    /// <summary>Serving calls.</summary>
    Active = 2,

    /// <summary>Finishing its last calls before it is unloaded.</summary>
    Draining = 3,

    /// <summary>Unloaded.</summary>
    Stopped = 4,

    /// <summary>Turned off by the integrator.</summary>
    Disabled = 5,

    /// <summary>Its manifest asks for something this host does not have; the reason says what.</summary>
    NotSupported = 6,

    /// <summary>It failed; the reason says how.</summary>
    Failed = 7,
}
