namespace EdgeHost.Capabilities.Recommendation;

/// <summary>Names of the recommendation methods.</summary>
public static class RecommendationMethods
{
    /// <summary><see cref="PutItemsRequest"/> to <see cref="PutItemsResponse"/>.</summary>
    public const string PutItems = "recommendation.put_items";

    /// <summary><see cref="PutItemsRequest"/>, then pushed <see cref="CatalogItem"/>s, to <see cref="PutItemsResponse"/>.</summary>
    public const string PutItemsStream = "recommendation.put_items_stream";

    /// <summary><see cref="RecordRequest"/> to <see cref="RecordResponse"/>.</summary>
    public const string Record = "recommendation.record";

    /// <summary><see cref="RecommendRequest"/> to <see cref="RecommendResponse"/>.</summary>
    public const string Recommend = "recommendation.recommend";

    /// <summary><see cref="RankRequest"/> to <see cref="RecommendResponse"/>.</summary>
    public const string Rank = "recommendation.rank";

    /// <summary><see cref="SimilarRequest"/> to <see cref="RecommendResponse"/>.</summary>
    public const string Similar = "recommendation.similar";

    /// <summary><see cref="BuildRequest"/> to <see cref="BuildResponse"/>.</summary>
    public const string Build = "recommendation.build";

    /// <summary><see cref="ExplainRequest"/> to <see cref="ExplainResponse"/>.</summary>
    public const string Explain = "recommendation.explain";

    /// <summary><see cref="ForgetRequest"/> to <see cref="ForgetResponse"/>.</summary>
    public const string Forget = "recommendation.forget";

    /// <summary><see cref="EvaluateRequest"/> to <see cref="EvaluateResponse"/>.</summary>
    public const string Evaluate = "recommendation.evaluate";

    /// <summary><see cref="ExportRequest"/> to items of <see cref="ExportChunk"/>, then <see cref="ExportResponse"/>.</summary>
    public const string Export = "recommendation.export";

    /// <summary><see cref="CatalogRequest"/> to <see cref="CatalogStatus"/>.</summary>
    public const string Status = "recommendation.status";

    /// <summary><see cref="CatalogRequest"/> to <see cref="CatalogStatus"/>.</summary>
    public const string RollBack = "recommendation.roll_back";
}
