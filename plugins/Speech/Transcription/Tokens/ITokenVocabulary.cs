using System.Buffers;

namespace EdgeHost.Plugins.Speech.Transcription.Tokens;

/// <summary>What the numbers that a model writes stand for. Thread-safe.</summary>
internal interface ITokenVocabulary
{
    /// <summary>Writes the UTF-8 bytes of a token; a character may need several tokens. Nothing for tokens that are no text.</summary>
    /// <param name="token">The token.</param>
    /// <param name="text">Takes the bytes.</param>
    void Write(int token, IBufferWriter<byte> text);

    /// <summary>The number of a token that is no text, for example <c>&lt;|en|&gt;</c>, or null: there is none.</summary>
    /// <param name="name">Its name.</param>
    int? FindSpecial(string name);
}
