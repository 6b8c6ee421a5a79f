namespace EdgeHost.Training.Networks;

/// <summary>What a network is being built for.</summary>
internal enum NetworkMode
{
    /// <summary>A step: parameters go in, dropout works, every operator is recorded so that it can be gone through backwards.</summary>
    Train,

    /// <summary>A loss without a step: parameters go in, dropout does nothing.</summary>
    Evaluate,

    /// <summary>A model to be used: parameters are constants, the batch is open.</summary>
    Export,
}
