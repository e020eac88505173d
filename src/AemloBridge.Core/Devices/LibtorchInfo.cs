namespace AemloBridge.Devices;

/// <summary>The libtorch that this process has loaded.</summary>
/// <param name="Version">Its version, for example 2.10.0 or 2.10.0+cu128.</param>
/// <param name="TorchSharpVersion">Version of the .NET binding.</param>
/// <param name="Path">Folder its libraries were loaded from.</param>
/// <param name="Threads">Threads that one operation uses when it is called from the calling thread.</param>
/// <param name="HasCudaLibraries">Whether that folder holds the CUDA part of libtorch; a device may still be missing.</param>
public sealed record LibtorchInfo(string Version, string TorchSharpVersion, string Path, int Threads, bool HasCudaLibraries);
