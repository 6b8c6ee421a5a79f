namespace EdgeHost.Host.Configuration;

/// <summary>One key of the configuration for people.</summary>
internal sealed record OptionReferenceLine(string Key, string Takes, string Default, string Meaning)
{
    /// <summary>Whether a running host takes a change over.</summary>
    public bool IsLive => LiveKeys.Contains(Key);

    /// <summary>When a change holds, in a word.</summary>
    public string Changes => IsLive ? "live" : "restart";
}
