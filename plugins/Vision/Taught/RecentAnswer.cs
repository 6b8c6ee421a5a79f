namespace EdgeHost.Plugins.Vision.Taught;

/// <summary>What an answer of a classifier was made of. Immutable.</summary>
/// <param name="App">Who asked.</param>
/// <param name="User">The user who asked.</param>
/// <param name="Classifier">The classifier.</param>
/// <param name="Encoder">The models that made the vector, as id@version with + between them.</param>
/// <param name="Vector">The vector of the picture.</param>
/// <param name="Time">When.</param>
internal sealed record RecentAnswer(string App, long User, string Classifier, string Encoder, float[] Vector, DateTimeOffset Time);
