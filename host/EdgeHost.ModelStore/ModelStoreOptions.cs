using System.ComponentModel.DataAnnotations;

namespace EdgeHost.ModelStore;

/// <summary>Settings of the model store. Read once, when the store is created.</summary>
public sealed class ModelStoreOptions
{
    /// <summary>The configuration section that holds these settings.</summary>
    public const string Section = "ModelStore";

    /// <summary>Environment variable that lists mirror folders, separated as in PATH.</summary>
    public const string MirrorVariable = "EDGEHOST_MIRROR";

    /// <summary>The folder under which <c>models/</c> and <c>catalog/</c> live. Default: <see cref="EdgeHostPaths.Home"/>.</summary>
    public string HomeFolder { get; set; } = EdgeHostPaths.Home;

    /// <summary>Further folders of manifests, read after <c>catalog/</c> of the home folder. Default: none.</summary>
    public IList<string> CatalogFolders { get; } = [];

    /// <summary>
    /// How long what plugins hear of the models of a task may lag behind manifests and files, 0 to 1 h. Pulls and removals through this host show at once.
    /// Default: 1 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan CatalogCheckInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Folders whose files may stand in for a download when size and hash match. Default: those of <see cref="MirrorVariable"/>.</summary>
    public IList<string> MirrorFolders { get; } = [.. FoldersOf(Environment.GetEnvironmentVariable(MirrorVariable))];

    /// <summary>The most files of a mirror folder that are looked at, 1 to 10,000,000. Default: 100,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxMirrorFiles { get; set; } = 100_000;

    /// <summary>SPDX expressions of non-permissive licences that this device's owner accepted for all models. Default: none.</summary>
    public IList<string> AcceptedLicences { get; } = [];

    /// <summary>The most bytes that blobs may take, ≥ 1; null for no limit. Default: null.</summary>
    [Range(1, long.MaxValue)]
    public long? QuotaBytes { get; set; }

    /// <summary>Bytes of the disk that a pull leaves free, ≥ 0. Default: 64 MiB.</summary>
    [Range(0, long.MaxValue)]
    public long FreeSpaceReserveBytes { get; set; } = 64L << 20;

    /// <summary>How long to wait for another pull of the same bytes, 1 ms to 24 h. Default: 30 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>The npm client: a name on PATH or an absolute path. Default: <c>npm</c>.</summary>
    public string NpmExecutable { get; set; } = "npm";

    /// <summary>How long one package may take, 100 ms to 24 h. Default: 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan NpmTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The most bytes that a package may unpack to, 1 KiB to 1 TiB. Default: 4 GiB.</summary>
    [Range(1L << 10, 1L << 40)]
    public long MaxPackageUnpackedBytes { get; set; } = 4L << 30;

    /// <summary>The most bytes that importing a model from an address may fetch, 1 KiB to 1 TiB. Default: 4 GiB.</summary>
    [Range(1L << 10, 1L << 40)]
    public long MaxImportBytes { get; set; } = 4L << 30;

    /// <summary>How long a server may take to answer a request, 10 ms to 1 h. Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan HttpAnswerTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a download may stand still before it is resumed, 10 ms to 1 h. Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan HttpStallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts without progress before a download is given up, 1 to 100. Default: 5.</summary>
    [Range(1, 100)]
    public int HttpAttempts { get; set; } = 5;

    /// <summary>The wait after the first failed attempt, doubled after each further one, 0 to 1 h. Default: 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan HttpRetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between attempts, 0 to 1 h. Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan HttpMaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Where <c>hf:</c> sources are served, an https address. Default: the public hub.</summary>
    public Uri HuggingFaceEndpoint { get; set; } = new("https://huggingface.co");

    private static string[] FoldersOf(string? list)
        => (list ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
