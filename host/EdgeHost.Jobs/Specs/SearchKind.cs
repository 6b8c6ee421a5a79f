namespace EdgeHost.Jobs.Specs;

/// <summary>How values of settings are tried.</summary>
public enum SearchKind
{
    /// <summary>Every combination is trained to its end.</summary>
    Grid,

    /// <summary>All begin; after each round the better share goes on for more steps (Jamieson and Talwalkar, 2016).</summary>
    SuccessiveHalving,
}
