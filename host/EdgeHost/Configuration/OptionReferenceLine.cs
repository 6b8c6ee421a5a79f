namespace EdgeHost.Host.Configuration;

/// <summary>One key of the configuration for people.</summary>
internal sealed record OptionReferenceLine(string Key, string Takes, string Default, string Meaning);
