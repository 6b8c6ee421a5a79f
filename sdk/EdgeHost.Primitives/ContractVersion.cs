using System.Globalization;

namespace EdgeHost;

/// <summary>
/// The version of the contract between host and plugins. A plugin built for major M and minor m loads in a host of the same
/// major and a minor of at least m. Immutable; compares by value.
/// </summary>
/// <remarks>
/// 1.0: unary and server-stream handlers. 1.1: client streams and duplex calls (<c>CapabilityContext.ReadItemsAsync</c> and what is built on it), and bodies whose
/// binaries lie in shared memory. 1.2: answers that apps give feedback on (<c>CapabilityContext.ReportAnswer</c>). 1.3: models found by their task
/// (<c>IModelProvider.ListAsync</c>), what their manifests say of them, training for plugins (<c>CapabilityContext.Trainer</c>), and calls of one plugin by
/// another (<c>CapabilityContext.Calls</c>). 1.4: permissions that a plugin has names for and accesses on record (<c>CapabilityContext.Allows</c>,
/// <c>RecordAccess</c>).
/// </remarks>
/// <param name="Major">Changes when existing plugins must be rebuilt; ≥ 0.</param>
/// <param name="Minor">Changes when something was added; ≥ 0.</param>
public readonly record struct ContractVersion(int Major, int Minor)
{
    /// <summary>The contract of this build: 1.4.</summary>
    public static ContractVersion Current => new(1, 4);

    /// <summary>Whether a host of this contract can load a plugin that asks for <paramref name="required"/>.</summary>
    /// <param name="required">What the plugin's manifest says.</param>
    public bool CanLoad(ContractVersion required) => required.Major == Major && required.Minor <= Minor;

    /// <summary>Reads <c>major.minor</c>.</summary>
    /// <param name="text">The text; null is not a version.</param>
    /// <param name="version">The version read.</param>
    /// <returns>Whether the text is two non-negative integers with a dot between.</returns>
    public static bool TryParse(string? text, out ContractVersion version)
    {
        version = default;
        var parts = text?.Split('.');
        if (parts is not { Length: 2 }
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor))
        {
            return false;
        }

        version = new ContractVersion(major, minor);
        return true;
    }

    /// <summary><c>major.minor</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
