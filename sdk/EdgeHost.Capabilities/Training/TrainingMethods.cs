namespace EdgeHost.Capabilities.Training;

/// <summary>Names of the host's methods for examples and feedback.</summary>
public static class TrainingMethods
{
    /// <summary><see cref="RecordExamplesRequest"/> to <see cref="RecordExamplesResponse"/>.</summary>
    public const string Record = "training.record";

    /// <summary><see cref="ListDatasetsRequest"/> to <see cref="ListDatasetsResponse"/>.</summary>
    public const string Datasets = "training.datasets";

    /// <summary><see cref="DeleteExamplesRequest"/> to <see cref="DeleteExamplesResponse"/>.</summary>
    public const string Delete = "training.delete";

    /// <summary><see cref="ConsentRequest"/> to <see cref="ConsentResponse"/>.</summary>
    public const string Consent = "training.consent";

    /// <summary><see cref="FeedbackRequest"/> to <see cref="FeedbackResponse"/>.</summary>
    public const string Feedback = "feedback";

    /// <summary><see cref="DriftRequest"/> to <see cref="DriftResponse"/>.</summary>
    public const string Drift = "training.drift";
}
