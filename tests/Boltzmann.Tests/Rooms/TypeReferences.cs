using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Boltzmann.Tests.Rooms;

/// <summary>
/// Which types of an assembly use which others of it, read from its metadata: bases, fields, signatures, attributes of generics, and what
/// methods do.
/// </summary>
sealed class TypeReferences : IDisposable
{
    static readonly Dictionary<int, OpCode> opCodes = typeof(OpCodes).GetFields().Select(f => f.GetValue(null)).OfType<OpCode>()
        .ToDictionary(code => (int)(ushort)code.Value);

    readonly PEReader file;
    readonly MetadataReader reader;

    public TypeReferences(string path)
    {
        file = new PEReader(File.OpenRead(path));
        reader = file.GetMetadataReader();
    }

    /// <summary>Pairs of full names of outermost types, without arity: one uses the other.</summary>
    public IEnumerable<(string User, string Used)> Pairs()
    {
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            string user = Outermost(handle);
            var used = new HashSet<TypeDefinitionHandle>();
            TypeDefinition type = reader.GetTypeDefinition(handle);
            Add(type.BaseType, used);
            foreach (InterfaceImplementationHandle i in type.GetInterfaceImplementations())
                Add(reader.GetInterfaceImplementation(i).Interface, used);
            foreach (FieldDefinitionHandle f in type.GetFields()) reader.GetFieldDefinition(f).DecodeSignature(new Collector(used), null);
            foreach (MethodDefinitionHandle m in type.GetMethods())
            {
                MethodDefinition method = reader.GetMethodDefinition(m);
                method.DecodeSignature(new Collector(used), null);
                if (method.RelativeVirtualAddress == 0) continue;
                MethodBodyBlock body = file.GetMethodBody(method.RelativeVirtualAddress);
                if (!body.LocalSignature.IsNil)
                    reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(new Collector(used), null);
                foreach (EntityHandle token in Tokens(body.GetILBytes()!)) Add(token, used);
            }
            foreach (string name in used.Select(Outermost).Distinct())
                if (name != user) yield return (user, name);
        }
    }

    public void Dispose() => file.Dispose();

    void Add(EntityHandle handle, HashSet<TypeDefinitionHandle> used)
    {
        if (handle.IsNil) return;
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                used.Add((TypeDefinitionHandle)handle);
                break;
            case HandleKind.TypeSpecification:
                reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(new Collector(used), null);
                break;
            case HandleKind.MethodDefinition:
                used.Add(reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                used.Add(reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                Add(reader.GetMemberReference((MemberReferenceHandle)handle).Parent, used);
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification method = reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                Add(method.Method, used);
                method.DecodeSignature(new Collector(used), null);
                break;
        }
    }

    // Operands that are tokens.
    static IEnumerable<EntityHandle> Tokens(byte[] code)
    {
        for (int i = 0; i < code.Length;)
        {
            int value = code[i++];
            if (value == 0xFE) value = value << 8 | code[i++];
            OpCode op = opCodes[value];
            if (op.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                yield return MetadataTokens.EntityHandle(BitConverter.ToInt32(code, i));
            i += op.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, i),
                _ => 4,
            };
        }
    }

    string Outermost(TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil) type = reader.GetTypeDefinition(type.GetDeclaringType());
        return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name).Split('`')[0]}";
    }

    /// <summary>Gathers the assembly's own types of a signature.</summary>
    sealed class Collector(HashSet<TypeDefinitionHandle> used) : ISignatureTypeProvider<int, object?>
    {
        public int GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            used.Add(handle);
            return 0;
        }

        public int GetTypeFromSpecification(MetadataReader reader, object? context, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, context);

        public int GetArrayType(int elementType, System.Reflection.Metadata.ArrayShape shape) => 0;
        public int GetByReferenceType(int elementType) => 0;
        public int GetFunctionPointerType(MethodSignature<int> signature) => 0;
        public int GetGenericInstantiation(int genericType, ImmutableArray<int> typeArguments) => 0;
        public int GetGenericMethodParameter(object? context, int index) => 0;
        public int GetGenericTypeParameter(object? context, int index) => 0;
        public int GetModifiedType(int modifier, int unmodifiedType, bool isRequired) => 0;
        public int GetPinnedType(int elementType) => 0;
        public int GetPointerType(int elementType) => 0;
        public int GetPrimitiveType(PrimitiveTypeCode typeCode) => 0;
        public int GetSZArrayType(int elementType) => 0;
        public int GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => 0;
    }
}
