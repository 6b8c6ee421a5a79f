namespace EdgeHost.PluginHost.Manifests;

/// <summary>Bounds of a manifest. It is read at every change of a folder, so all of it stays small.</summary>
internal static class ManifestLimits
{
    /// <summary>Larger than any sensible manifest, small enough to read without a thought.</summary>
    public const int FileBytes = 64 * 1024;

    public const int Depth = 16;
    public const int NameLength = 128;
    public const int SummaryLength = 512;
    public const int Capabilities = 256;
    public const int Models = 256;
    public const int Tasks = 64;
    public const int Calls = 64;
    public const int Permissions = 64;
    public const int Personalisations = 16;
    public const int SpecBytes = 256 * 1024;
    public const int Settings = 1024;
    public const int SettingLength = 4096;

    /// <summary>A person mends no more than this at once; a hostile file should not fill the log.</summary>
    public const int Problems = 32;
}
