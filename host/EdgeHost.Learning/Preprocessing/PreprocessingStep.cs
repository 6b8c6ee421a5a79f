using System.Text.Json.Serialization;

namespace EdgeHost.Learning.Preprocessing;

/// <summary>One step of preprocessing, declared as data. Each kind uses its own parameters; the others keep their defaults.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Minimum">Of hashing: the shortest piece, 1 to 16.</param>
/// <param name="Maximum">Of hashing: the longest piece, from the shortest to 16.</param>
/// <param name="Size">Of hashing: the vector's length, 2 to 16,777,216.</param>
/// <param name="Width">Of resizing: pixels, 1 to 4096.</param>
/// <param name="Height">Of resizing: pixels, 1 to 4096.</param>
/// <param name="Mean">Of standardising: what is taken off; finite.</param>
/// <param name="Deviation">Of standardising: what is divided by; finite and more than 0.</param>
/// <param name="Model">Of featurising: the model as <c>id@version</c>, so that another version is another specification.</param>
/// <param name="Layout">Of pixels: the order of the values; by default row by row.</param>
/// <param name="Output">Of featurising: the model's output; null where it has only one.</param>
/// <param name="Pool">Of featurising: what becomes of an output of several dimensions; by default all values.</param>
public sealed record PreprocessingStep(
    PreprocessingStepKind Kind,
    int Minimum = 1,
    int Maximum = 3,
    int Size = 4096,
    int Width = 0,
    int Height = 0,
    float Mean = 0,
    float Deviation = 1,
    string? Model = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] PixelLayout Layout = PixelLayout.Rows,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Output = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] FeaturePool Pool = FeaturePool.None);
