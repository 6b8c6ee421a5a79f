namespace EdgeHost.Plugins.Speech.Keywords.Personal;

/// <summary>A keyword that an app taught. Immutable.</summary>
internal sealed record PersonalKeyword
{
    /// <summary>Its id.</summary>
    public required string Keyword { get; init; }

    /// <summary>How often it was taught, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>From which score it counts, 0 to 1.</summary>
    public required float Threshold { get; init; }

    /// <summary>What knows it.</summary>
    public required HeadParameters Head { get; init; }

    /// <summary>The version of its model.</summary>
    public string Version => $"1.0.0-local.{Number}";
}
