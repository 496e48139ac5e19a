"""Kernels for any machine: the code that Numba made, without what Python would call, as LLVM's bitcode.

Pointers and sizes are those of any machine of 64 bits, and no type is one processor's; who loads it sets the layout. Arrays
that a kernel makes are counted here, in one thread, and their memory is asked of Python.
"""

import lzma
from hashlib import sha256
from typing import Any

import llvmlite.binding as llvm

from sim.making.numba_code import Code, unprocessed
from sim.model.numerics.shipped import RUNTIME

ARRAYS = """
declare ptr @PyMem_RawMalloc(i64)
declare void @PyMem_RawFree(ptr)

; An array's owner: how many hold it, then (at 24) where its data begin, which follow it.
define ptr @NRT_MemInfo_alloc_aligned(i64 %size, i32 %align) {
  %room = add i64 %size, 112
  %owner = call ptr @PyMem_RawMalloc(i64 %room)
  %none = icmp eq ptr %owner, null
  br i1 %none, label %out, label %make
make:
  store i64 1, ptr %owner
  %address = ptrtoint ptr %owner to i64
  %past = add i64 %address, 111
  %start = and i64 %past, -64
  %data = inttoptr i64 %start to ptr
  %place = getelementptr i8, ptr %owner, i64 24
  store ptr %data, ptr %place
  br label %out
out:
  ret ptr %owner
}
; a list of numbers: nothing in it is to be given back
define ptr @NRT_MemInfo_new_varsize_dtor(i64 %size, ptr %unused) {
  %owner = call ptr @NRT_MemInfo_alloc_aligned(i64 %size, i32 32)
  ret ptr %owner
}
define void @NRT_incref(ptr %owner) {
  %none = icmp eq ptr %owner, null
  br i1 %none, label %out, label %count
count:
  %old = load i64, ptr %owner
  %new = add i64 %old, 1
  store i64 %new, ptr %owner
  br label %out
out:
  ret void
}
define void @NRT_decref(ptr %owner) {
  %none = icmp eq ptr %owner, null
  br i1 %none, label %out, label %count
count:
  %old = load i64, ptr %owner
  %new = sub i64 %old, 1
  store i64 %new, ptr %owner
  %last = icmp eq i64 %new, 0
  br i1 %last, label %free, label %out
free:
  call void @PyMem_RawFree(ptr %owner)
  br label %out
out:
  ret void
}
define void @release(ptr %owner) {
  call void @NRT_decref(ptr %owner)
  ret void
}
"""
ALLOWED = {"memcpy", "memset", "memmove"}  # what every C library has, and LLVM may call


def neutral(code: Code) -> str:
    """Numba's code with the kernel named ``kernel``, without what counts references in the code of one processor."""
    return unprocessed(code.text.replace(code.name, "kernel"))


def bitcode(code: Code) -> tuple[bytes, dict[str, Any]]:
    """A kernel as packed bitcode, and what is said of it: its digest, and the symbols it needs of who loads it."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    module = llvm.parse_assembly(neutral(code))
    module.link_in(llvm.parse_assembly(ARRAYS))
    for function in module.functions:
        if not function.is_declaration and function.name not in ("kernel", "release"):
            function.linkage = "internal"
    _optimise(module)
    needs = {one.name for one in module.functions if one.is_declaration and not one.name.startswith("llvm.")}
    if odd := sorted(name for name in needs - ALLOWED if name.startswith(("NRT_", "Py", "numba_")) and name not in RUNTIME):
        raise ValueError(f"the kernel {code.name} calls what only Numba has: {', '.join(odd)}")
    packed = lzma.compress(module.as_bitcode(), preset=9)
    return packed, {"sha256": sha256(packed).hexdigest(), "needs": sorted(needs - ALLOWED)}


def _optimise(module: Any) -> None:
    """Run the first of LLVM's passes over a module: what nobody calls goes, and less is left to do where it is loaded."""
    machine = llvm.Target.from_default_triple().create_target_machine(cpu="generic", features="", opt=1)
    tuning = llvm.create_pipeline_tuning_options(speed_level=1)
    tuning.loop_vectorization = tuning.slp_vectorization = False
    builder = llvm.create_pass_builder(machine, tuning)
    builder.getModulePassManager().run(module, builder)
    module.verify()
