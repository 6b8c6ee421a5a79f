using System.Runtime.InteropServices;
using System.Text.Json;
using EdgeHost.Capabilities.Language;
using EdgeHost.Client;
using EdgeHost.Gateway.Http;
using EdgeHost.Gateway.Models;
using Microsoft.AspNetCore.Http;

namespace EdgeHost.Gateway.Embeddings;

/// <summary><c>POST /v1/embeddings</c>: vectors as numbers or as base64 of 32-bit little-endian floats, which OpenAI's client libraries ask for.</summary>
internal sealed class EmbeddingsEndpoint(GatewayOptions options)
{
    public async Task HandleAsync(HttpContext context, EdgeHostClient client)
    {
        var body = await JsonSerializer.DeserializeAsync(context.Request.Body, GatewayJson.Wire.EmbeddingsRequestBody, context.RequestAborted).ConfigureAwait(false)
            ?? throw new EdgeHostException(ErrorCode.InvalidArgument, "The body is null.");
        var isBase64 = body.EncodingFormat switch
        {
            null or "" or "float" => false,
            "base64" => true,
            _ => throw Fields.Invalid("encoding_format", $"is '{body.EncodingFormat}'; float and base64 are known."),
        };
        var texts = Fields.TextsOf(body.Input, "input");
        if (texts.Count == 0) throw Fields.Invalid("input", "must have at least one text.");
        if (texts.Count > options.MaxInputs) throw Fields.Invalid("input", $"has {texts.Count} texts; the most are {options.MaxInputs} ({GatewayOptions.SectionName}:{nameof(GatewayOptions.MaxInputs)}).");
        var response = await client.CallAsync<EmbedTextRequest, EmbedTextResponse>(
            LanguageMethods.Embed, new EmbedTextRequest { Texts = texts, Model = ModelNames.Resolve(body.Model) }, options: null, context.RequestAborted).ConfigureAwait(false);
        if (body.Dimensions is { } wanted && wanted != response.Dimension)
        {
            throw Fields.Unsupported("dimensions", $"is {wanted}, and vectors of {response.Model} have {response.Dimension} numbers; they cannot be shortened here.");
        }

        await context.Response.WriteAsJsonAsync(
            new EmbeddingsBody(
                [.. response.Embeddings.Select((vector, i) => new EmbeddingBody(i, ElementOf(vector, isBase64)))],
                response.Model.Split('@')[0],
                new EmbeddingUsageBody(response.InputTokens, response.InputTokens)),
            GatewayJson.Wire.EmbeddingsBody,
            contentType: null,
            context.RequestAborted).ConfigureAwait(false);
    }

    private static JsonElement ElementOf(ReadOnlyMemory<byte> vector, bool isBase64) => isBase64
        ? JsonSerializer.SerializeToElement(Convert.ToBase64String(vector.Span), GatewayJson.Wire.String)
        : JsonSerializer.SerializeToElement(MemoryMarshal.Cast<byte, float>(vector.Span).ToArray(), GatewayJson.Wire.SingleArray);
}
