namespace EdgeHost.Capabilities.Training;

/// <summary>Names of the host's methods for examples, feedback and training.</summary>
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

    /// <summary><see cref="StartTrainingRequest"/> to <see cref="TrainingJobResponse"/>.</summary>
    public const string Start = "training.start";

    /// <summary>A stream: <see cref="TrainingJobRequest"/> to items of <see cref="TrainingProgress"/>, ended by <see cref="TrainingJobResponse"/>.</summary>
    public const string Status = "training.status";

    /// <summary><see cref="TrainingJobRequest"/> to <see cref="TrainingJobResponse"/>.</summary>
    public const string Cancel = "training.cancel";

    /// <summary><see cref="ListTrainingJobsRequest"/> to <see cref="ListTrainingJobsResponse"/>.</summary>
    public const string List = "training.list";

    /// <summary><see cref="PredictRequest"/> to <see cref="PredictResponse"/>.</summary>
    public const string Predict = "training.predict";
}
