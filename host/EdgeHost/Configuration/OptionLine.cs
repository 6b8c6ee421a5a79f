namespace EdgeHost.Host.Configuration;

/// <summary>A value that is in effect and where it came from.</summary>
internal sealed record OptionLine(string Key, string Value, string Origin)
{
    public const string FromDefault = "default";
    public const string FromFile = "file";
    public const string FromApps = "apps.json";
    public const string FromCommandLine = "command line";
    public const string FromEnvironment = "environment";
}
