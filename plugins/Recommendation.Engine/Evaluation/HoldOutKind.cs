namespace EdgeHost.Plugins.Recommendation.Engine.Evaluation;

/// <summary>Which of a user's items are held out.</summary>
public enum HoldOutKind
{
    /// <summary>The newest: the honest way, for it asks for the future.</summary>
    Newest,

    /// <summary>Items drawn at random.</summary>
    Random,

    /// <summary>Half the newest, half at random of the others: for data of which one does not know what will be asked.</summary>
    Mixed,
}
