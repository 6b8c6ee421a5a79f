using EdgeHost.Capabilities.Speech;
using EdgeHost.Client;
using EdgeHost.Gateway.Http;
using EdgeHost.Gateway.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeHost.Gateway.Transcriptions;

/// <summary><c>POST /v1/audio/transcriptions</c>: a form with a sound, WAV or FLAC; its text as <c>json</c>, <c>text</c>, <c>verbose_json</c>, <c>srt</c> or <c>vtt</c>.</summary>
internal sealed class TranscriptionsEndpoint(GatewayOptions options)
{
    /// <summary>The name that programs know the model by whose interface this is.</summary>
    private const string WhisperName = "whisper-1";

    public async Task HandleAsync(HttpContext context, EdgeHostClient client)
    {
        if (!context.Request.HasFormContentType) throw new EdgeHostException(ErrorCode.InvalidArgument, "The body must be multipart/form-data with the part 'file'.");
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = options.MaxAudioBytes;
        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        var file = form.Files.GetFile("file") ?? throw Fields.Invalid("file", "is missing: the form must have a part of that name with the sound.");
        var format = TranscriptFormats.Parse(form["response_format"]);
        if (string.Equals(form["stream"], "true", StringComparison.OrdinalIgnoreCase))
        {
            throw Fields.Unsupported("stream", "is not offered for transcripts: leave it out, or call speech.transcribe_stream through the client library.");
        }

        var audio = new byte[file.Length];
        var content = file.OpenReadStream();
        await using (content.ConfigureAwait(false)) await content.ReadExactlyAsync(audio, context.RequestAborted).ConfigureAwait(false);
        var model = (string?)form["model"];
        var language = (string?)form["language"];
        var response = await client.Speech.TranscribeAsync(
            new TranscribeRequest
            {
                Audio = audio,
                Model = model == WhisperName ? null : ModelNames.Resolve(model),
                Language = string.IsNullOrEmpty(language) ? null : language,
            },
            options: null,
            context.RequestAborted).ConfigureAwait(false);
        await WriteAsync(context, format, response).ConfigureAwait(false);
    }

    private static async Task WriteAsync(HttpContext context, TranscriptFormat format, TranscribeResponse response)
    {
        switch (format)
        {
            case TranscriptFormat.Json:
                await context.Response.WriteAsJsonAsync(new TranscriptBody(response.Text), GatewayJson.Wire.TranscriptBody, contentType: null, context.RequestAborted).ConfigureAwait(false);
                return;
            case TranscriptFormat.VerboseJson:
                await context.Response.WriteAsJsonAsync(VerboseTranscriptBody.Of(response), GatewayJson.Wire.VerboseTranscriptBody, contentType: null, context.RequestAborted).ConfigureAwait(false);
                return;
            default:
                context.Response.ContentType = "text/plain; charset=utf-8";
                await context.Response.WriteAsync(TranscriptFormats.Render(format, response), context.RequestAborted).ConfigureAwait(false);
                return;
        }
    }
}
