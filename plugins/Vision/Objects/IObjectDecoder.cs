using EdgeHost.Plugins.Vision.Models;

namespace EdgeHost.Plugins.Vision.Objects;

/// <summary>Reads boxes out of a network's outputs. No state.</summary>
internal interface IObjectDecoder
{
    /// <summary>How many classes the network tells apart.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: the outputs are not those of the family.</exception>
    int CountClasses(PictureAnswer answer);

    /// <summary>Reads them.</summary>
    /// <param name="answer">What the network said.</param>
    /// <param name="threshold">The least score, above 0 to 1.</param>
    /// <param name="candidates">They are added here; boxes without area and scores that are no numbers are left out.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: the outputs are not those of the family.</exception>
    void Decode(PictureAnswer answer, float threshold, List<ObjectCandidate> candidates);
}
