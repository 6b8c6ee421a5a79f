using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Runtime.Onnx.Sessions;

/// <summary>A session that was just made.</summary>
/// <param name="Session">It; whoever gets this disposes.</param>
/// <param name="Origin">See <see cref="Engines.IEngineSession.Origin"/>.</param>
/// <param name="MappedBytes">Bytes of the file that it reads its weights from in place.</param>
/// <param name="MemoryBefore">The meter just before it was made, after whatever was needed to prepare it.</param>
internal sealed record LoadedGraph(InferenceSession Session, string Origin, long MappedBytes, long MemoryBefore);
