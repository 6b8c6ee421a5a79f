using System.ComponentModel.DataAnnotations;

namespace EdgeHost.Security;

/// <summary>Which apps there are and what they may do. Changes take effect while the host runs.</summary>
public sealed class AppsOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Apps";

    /// <summary>
    /// Whether processes of the host's own user whose app has no rule may call everything that needs no explicit grant; by default they may. Other users
    /// never may without a rule that names them.
    /// </summary>
    public bool AllowUnknown { get; set; } = true;

    /// <summary>Methods, besides <c>health.*</c>, that an app may call only if its own rule grants them by more than a bare star: names, or patterns such as <c>camera.*</c>.</summary>
    public IList<string> ExplicitGrants { get; } = [];

    /// <summary>Apps whose use is kept in mind at once; 16 to 100,000, by default 1024. The one that has been idle longest is forgotten first.</summary>
    [Range(16, 100_000)]
    public int MaxKnownApps { get; set; } = 1024;

    /// <summary>The folder of the audit log; <c>audit</c> in the home folder unless another is named. Null writes none.</summary>
    public string? AuditFolder { get; set; }

    /// <summary>Bytes of an audit file before the next one is begun; 64 KiB to 1 GiB, by default 4 MiB.</summary>
    [Range(64L << 10, 1L << 30)]
    public long AuditFileBytes { get; set; } = 4 << 20;

    /// <summary>Audit files that are kept; 1 to 1,000, by default 8.</summary>
    [Range(1, 1000)]
    public int AuditFiles { get; set; } = 8;

    /// <summary>
    /// The folder of <c>usage.json</c>, which keeps what apps have used over a restart; <c>state</c> in the home folder unless another is named. Null keeps nothing.
    /// Written at most once a minute, and when the host stops.
    /// </summary>
    public string? UsageFolder { get; set; }

    /// <summary>The rules, by the app's name.</summary>
    public IDictionary<string, AppRuleOptions> Rules { get; } = new Dictionary<string, AppRuleOptions>(StringComparer.Ordinal);
}
