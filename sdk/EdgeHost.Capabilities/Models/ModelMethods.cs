namespace EdgeHost.Capabilities.Models;

/// <summary>Names of the host's methods for models.</summary>
public static class ModelMethods
{
    /// <summary><see cref="ListModelsRequest"/> to <see cref="ListModelsResponse"/>.</summary>
    public const string List = "models.list";

    /// <summary>Server stream: <see cref="PullModelsRequest"/> to items of <see cref="PullProgress"/>, then <see cref="PullModelsResponse"/>.</summary>
    public const string Pull = "models.pull";

    /// <summary><see cref="VerifyModelRequest"/> to <see cref="VerifyModelResponse"/>.</summary>
    public const string Verify = "models.verify";

    /// <summary><see cref="RemoveModelRequest"/> to <see cref="RemoveModelResponse"/>.</summary>
    public const string Remove = "models.remove";

    /// <summary><see cref="PinModelRequest"/> to <see cref="PinModelResponse"/>.</summary>
    public const string Pin = "models.pin";

    /// <summary><see cref="UnpinModelRequest"/> to <see cref="UnpinModelResponse"/>.</summary>
    public const string Unpin = "models.unpin";

    /// <summary><see cref="ListVersionsRequest"/> to <see cref="ListVersionsResponse"/>.</summary>
    public const string Versions = "models.versions";

    /// <summary><see cref="PromoteModelRequest"/> to <see cref="PromoteModelResponse"/>.</summary>
    public const string Promote = "models.promote";

    /// <summary><see cref="RollBackModelRequest"/> to <see cref="RollBackModelResponse"/>.</summary>
    public const string RollBack = "models.rollback";

    /// <summary><see cref="ModelHistoryRequest"/> to <see cref="ModelHistoryResponse"/>.</summary>
    public const string History = "models.history";
}
