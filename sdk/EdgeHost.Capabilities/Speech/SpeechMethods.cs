namespace EdgeHost.Capabilities.Speech;

/// <summary>Names of the speech methods.</summary>
public static class SpeechMethods
{
    /// <summary><see cref="TranscribeRequest"/> to <see cref="TranscribeResponse"/>.</summary>
    public const string Transcribe = "speech.transcribe";

    /// <summary><see cref="TranscribeStreamRequest"/> to <see cref="TranscribeStreamResponse"/>, duplex: <see cref="AudioChunk"/> in, <see cref="TranscriptItem"/> out.</summary>
    public const string TranscribeStream = "speech.transcribe_stream";

    /// <summary><see cref="DetectSpeechRequest"/> to <see cref="DetectSpeechResponse"/>.</summary>
    public const string DetectSpeech = "speech.detect_speech";

    /// <summary><see cref="DetectSpeechStreamRequest"/> to <see cref="DetectSpeechStreamResponse"/>, duplex: <see cref="AudioChunk"/> in, <see cref="SpeechEvent"/> out.</summary>
    public const string DetectSpeechStream = "speech.detect_speech_stream";

    /// <summary><see cref="SpotKeywordRequest"/> to <see cref="SpotKeywordResponse"/>.</summary>
    public const string SpotKeyword = "speech.spot_keyword";

    /// <summary><see cref="SpotKeywordStreamRequest"/> to <see cref="SpotKeywordStreamResponse"/>, duplex: <see cref="AudioChunk"/> in, <see cref="KeywordDetection"/> out.</summary>
    public const string SpotKeywordStream = "speech.spot_keyword_stream";

    /// <summary><see cref="TeachKeywordRequest"/> to <see cref="TeachKeywordResponse"/>.</summary>
    public const string TeachKeyword = "speech.teach_keyword";

    /// <summary><see cref="ForgetKeywordRequest"/> to <see cref="ForgetKeywordResponse"/>.</summary>
    public const string ForgetKeyword = "speech.forget_keyword";

    /// <summary><see cref="KeywordsRequest"/> to <see cref="KeywordsResponse"/>.</summary>
    public const string Keywords = "speech.keywords";

    /// <summary><see cref="SynthesizeRequest"/> to <see cref="SynthesizeResponse"/>.</summary>
    public const string Synthesize = "speech.synthesize";

    /// <summary><see cref="SynthesizeStreamRequest"/> to <see cref="SynthesizeStreamResponse"/>, a stream of <see cref="SpeechChunk"/>.</summary>
    public const string SynthesizeStream = "speech.synthesize_stream";

    /// <summary><see cref="VoicesRequest"/> to <see cref="VoicesResponse"/>.</summary>
    public const string Voices = "speech.voices";

    /// <summary><see cref="ConverseRequest"/> to <see cref="ConverseResponse"/>, duplex: <see cref="ConversePush"/> in, <see cref="ConversationEvent"/> out.</summary>
    public const string Converse = "speech.converse";
}
