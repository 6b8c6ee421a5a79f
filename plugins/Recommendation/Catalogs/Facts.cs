namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>Names of numbers that a catalogue's database keeps.</summary>
internal static class Facts
{
    /// <summary>How often something was forgotten.</summary>
    public const string Epoch = "epoch";

    /// <summary>The newest version that was ever made.</summary>
    public const string LastVersion = "last_version";

    /// <summary>Changes with the items, as <see cref="CatalogContents.Stamp"/>.</summary>
    public const string ItemsStamp = "items_stamp";

    /// <summary>The event up to which nothing calls for a build, because the owner rolled back after it.</summary>
    public const string SettledEvent = "settled_event";

    /// <summary>One more than the stamp of the items that a version was built of; 0 where that is not known.</summary>
    public static string ItemsOf(long version) => FormattableString.Invariant($"items_of_{version}");
}
