namespace EdgeHost.Host.Configuration;

/// <summary>How a place of the configuration is written in JSON.</summary>
internal enum OptionShape
{
    /// <summary>One text, number or truth value.</summary>
    Value,

    /// <summary>An object with known keys.</summary>
    Group,

    /// <summary>An object whose keys are names.</summary>
    Map,

    /// <summary>An array.</summary>
    List,
}
