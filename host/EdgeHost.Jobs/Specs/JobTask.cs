namespace EdgeHost.Jobs.Specs;

/// <summary>What a model is trained to say.</summary>
public enum JobTask
{
    /// <summary>Which of the labels an example has.</summary>
    Classify,

    /// <summary>Numbers: an example's label is one number, or several with spaces between them.</summary>
    Regress,

    /// <summary>Scores by which a wanted item ranks above an unwanted one; from inline data only.</summary>
    Rank,
}
