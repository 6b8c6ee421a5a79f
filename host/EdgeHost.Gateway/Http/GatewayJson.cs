using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeHost.Gateway.Chat;
using EdgeHost.Gateway.Embeddings;
using EdgeHost.Gateway.Models;
using EdgeHost.Gateway.Transcriptions;

namespace EdgeHost.Gateway.Http;

/// <summary>How the bodies are read and written, made at build time.</summary>
[JsonSerializable(typeof(ChatRequestBody))]
[JsonSerializable(typeof(ChunkBody))]
[JsonSerializable(typeof(CompletionBody))]
[JsonSerializable(typeof(EmbeddingsBody))]
[JsonSerializable(typeof(EmbeddingsRequestBody))]
[JsonSerializable(typeof(ErrorEnvelope))]
[JsonSerializable(typeof(float[]))]
[JsonSerializable(typeof(ModelBody))]
[JsonSerializable(typeof(ModelListBody))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(TranscriptBody))]
[JsonSerializable(typeof(VerboseTranscriptBody))]
internal sealed partial class GatewayJson : JsonSerializerContext
{
    /// <summary>Text as it is, without escapes that only matter inside of HTML: most of an answer in Chinese would be those.</summary>
    public static GatewayJson Wire { get; } = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 64 });
}
