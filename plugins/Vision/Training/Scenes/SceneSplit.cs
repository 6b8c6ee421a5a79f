using System.Security.Cryptography;
using System.Text;
using EdgeHost.Plugins.Vision.Training.Vectors;

namespace EdgeHost.Plugins.Vision.Training.Scenes;

/// <summary>Which pictures are learnt from and which are measured with: by the picture, so that its variations are always on the same side. Immutable.</summary>
/// <param name="Training">Learnt from, with all variations.</param>
/// <param name="Validation">Says when to stop and sets the threshold: a tenth of the pictures.</param>
/// <param name="Test">Measured with in the end: a fifth of the pictures.</param>
internal sealed record SceneSplit(IReadOnlyList<LabelledVector> Training, IReadOnlyList<LabelledVector> Validation, IReadOnlyList<LabelledVector> Test)
{
    /// <summary>Splits by a hash of the picture's name.</summary>
    public static SceneSplit Of(IReadOnlyList<LabelledVector> vectors)
    {
        var sides = vectors.ToLookup(static vector => SHA256.HashData(Encoding.UTF8.GetBytes(vector.Picture))[0] % 10);
        return new SceneSplit(
            [.. sides.Where(static side => side.Key > 2).SelectMany(static side => side)],
            [.. sides[2].Where(static vector => vector.Copy == 0)],
            [.. sides[0].Concat(sides[1]).Where(static vector => vector.Copy == 0)]);
    }
}
