namespace EdgeHost.Plugins.Speech.Transcription.Recognition;

/// <summary>What a model's manifest says of how to use it.</summary>
/// <param name="Family">How it works: <c>moonshine</c> or <c>whisper</c>.</param>
/// <param name="Language">What it understands, as BCP 47.</param>
/// <param name="Encoder">The id of its encoder.</param>
/// <param name="Decoder">The id of its decoder, which has the vocabulary beside it.</param>
internal sealed record RecogniserModel(string Family, string Language, string Encoder, string Decoder);
